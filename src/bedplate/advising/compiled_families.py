"""Images that a compiled program can stand on, for all languages that leave one behind."""

from __future__ import annotations

from dataclasses import replace

from bedplate.model.image_family import ImageFamily

_BARE = ImageFamily("", (), shell=False, manager="", user="65532")


def compiled_families(
    full: str, debian_builder: tuple[str, ...], alpine_builder: tuple[str, ...]
) -> tuple[ImageFamily, ...]:
    """List images for a compiled program, from everything to nothing.

    `{debian}` and `{codename}` stand for a supported release of Debian, `{alpine}` for one of
    Alpine; the newest that is known is taken.

    Args:
        full: the image with the compiler, on which it may stand today; empty for none.
        debian_builder: where it is compiled for images with glibc, and for none.
        alpine_builder: where it is compiled for Alpine.
    """
    bare = replace(_BARE, builder=debian_builder)
    whole = (ImageFamily("full", (full,), builder=debian_builder),) if full else ()
    return (
        *whole,
        ImageFamily(
            "slim", ("debian:{codename}-slim",), builder=debian_builder, certificates=False
        ),
        ImageFamily(
            "alpine",
            ("alpine:{alpine}",),
            "alpine",
            "musl",
            manager="apk",
            builder=alpine_builder,
            tools=False,
            time_zones=False,
        ),
        *(
            replace(
                bare,
                name=f"distroless {name}",
                images=(f"gcr.io/distroless/{name}-debian{{debian}}:nonroot",),
                libc=libc,
            )
            for name, libc in (("cc", "glibc"), ("base", "glibc"), ("static", ""))
        ),
        replace(
            bare,
            name="chainguard static",
            images=("cgr.dev/chainguard/static:latest",),
            distro="wolfi",
            libc="",
            reached_only=True,
        ),
        replace(
            bare,
            name="scratch",
            images=("scratch",),
            distro="",
            libc="",
            user="",
            certificates=False,
            time_zones=False,
        ),
    )
