"""Source packages of the packages that are in base images, for lists that do not tell them.

Databases of packages always tell the source; some SBOMs and the lists that web pages show do not.
Without it nothing could be looked up but packages that are named like their source.

Source: fields `Source` and `o:` of the packages in the official images of Debian 11 to 13, Ubuntu
24.04 and Alpine 3.16 to 3.24, as of September 2026; packages named like their source are left out.
"""

from __future__ import annotations

from functools import cache

_DEBIAN = """
acl: libacl1
aom: libaom3
apr: libapr1
apr-util: libaprutil1
apt: libapt-pkg6.0 libapt-pkg6.0t64 libapt-pkg7.0
attr: libattr1
audit: libaudit-common libaudit1
automake-1.16: automake
binutils: binutils-common binutils-x86-64-linux-gnu libbinutils libctf-nobfd0 libctf0
    libgprofng0
brotli: libbrotli-dev libbrotli1
bzip2: libbz2-1.0 libbz2-dev
c: ca-certificates
cairo: libcairo-gobject2 libcairo-script-interpreter2 libcairo2 libcairo2-dev
cdebconf: libdebconfclient0
curl: libcurl3-gnutls libcurl4 libcurl4-openssl-dev
cyrus-sasl2: libsasl2-2 libsasl2-modules-db
dav1d: libdav1d6
db-defaults: libdb-dev
db5.3: libdb5.3 libdb5.3-dev libdb5.3t64
djvulibre: libdjvulibre-dev libdjvulibre-text libdjvulibre21
dpkg: dpkg-dev libdpkg-perl
e: libexpat1
e2fsprogs: comerr-dev libcom-err2 libext2fs2 libext2fs2t64 libss2 logsave
elfutils: libelf1
expat: libexpat1 libexpat1-dev
f: libfreetype6
fftw3: libfftw3-double3
file: libmagic-mgc libmagic1
fontconfig: fontconfig-config libfontconfig-dev libfontconfig1
fonts-dejavu: fonts-dejavu-core
freetype: libfreetype-dev libfreetype6 libfreetype6-dev
fribidi: libfribidi0
gcc-10: gcc-10-base libgcc-s1 libstdc++6
gcc-12: cpp-12 g++-12 gcc-12-base libasan8 libatomic1 libcc1-0 libgcc-12-dev libgcc-s1 libgomp1
    libitm1 liblsan0 libquadmath0 libstdc++-12-dev libstdc++6 libtsan2 libubsan1
gcc-14: gcc-14-base libatomic1 libgcc-s1 libgomp1 libstdc++6
gcc-9: gcc-9-base
gcc-defaults: cpp g++ gcc
gdbm: libgdbm-compat4 libgdbm-dev libgdbm6
gdk-pixbuf: gir1.2-gdkpixbuf-2.0 libgdk-pixbuf-2.0-0 libgdk-pixbuf-2.0-dev libgdk-pixbuf2.0-bin
    libgdk-pixbuf2.0-common
git: git-man
glib2.0: libglib2.0-0 libglib2.0-bin libglib2.0-data libglib2.0-dev libglib2.0-dev-bin
glibc: libc-bin libc-dev-bin libc6 libc6-dev
gmp: libgmp-dev libgmp10 libgmpxx4ldbl
gnupg2: dirmngr gnupg gnupg-l10n gnupg-utils gpg gpg-agent gpg-wks-client gpg-wks-server gpgconf
    gpgsm gpgv
gnutls28: libgnutls30 libgnutls30t64
gobject-introspection: gir1.2-freedesktop gir1.2-glib-2.0 libgirepository-1.0-1
graphite2: libgraphite2-3
harfbuzz: libharfbuzz0b
icu: icu-devtools libicu-dev libicu72
imagemagick: imagemagick-6-common imagemagick-6.q16 libmagickcore-6-arch-config
    libmagickcore-6-headers libmagickcore-6.q16-6 libmagickcore-6.q16-6-extra
    libmagickcore-6.q16-dev libmagickcore-dev libmagickwand-6-headers libmagickwand-6.q16-6
    libmagickwand-6.q16-dev libmagickwand-dev
imath: libimath-3-1-29 libimath-dev
isl: libisl23
jansson: libjansson4
jbigkit: libjbig-dev libjbig0
k: libgssapi-krb5-2 libk5crypto3 libkrb5-3 libkrb5support0
keyutils: libkeyutils1
krb5: krb5-multidev libgssapi-krb5-2 libgssrpc4 libk5crypto3 libkadm5clnt-mit12
    libkadm5srv-mit12 libkdb5-10 libkrb5-3 libkrb5-dev libkrb5support0
l: liblcms2-2
lcms2: liblcms2-2 liblcms2-dev
lerc: liblerc-dev liblerc4
libassuan: libassuan0
libbsd: libbsd0
libcap-ng: libcap-ng0
libcbor: libcbor0.8
libdatrie: libdatrie1
libde265: libde265-0
libdeflate: libdeflate-dev libdeflate0
libedit: libedit2
libevent: libevent-2.1-7 libevent-core-2.1-7 libevent-dev libevent-extra-2.1-7
    libevent-openssl-2.1-7 libevent-pthreads-2.1-7
libexif: libexif-dev libexif12
libffi: libffi-dev libffi7 libffi8
libfido2: libfido2-1
libgpg-error: libgpg-error0
libheif: libheif1
libice: libice-dev libice6
libidn2: libidn2-0
libjpeg-turbo: libjpeg-dev libjpeg62-turbo libjpeg62-turbo-dev
libksba: libksba8
liblqr: liblqr-1-0 liblqr-1-0-dev
libmaxminddb: libmaxminddb-dev libmaxminddb0
libmd: libmd0
libnsl: libnsl-dev libnsl2
libp: libpng16-16t64
libpng1.6: libpng-dev libpng16-16
libpsl: libpsl5
libpthread-stubs: libpthread-stubs0-dev
librsvg: gir1.2-rsvg-2.0 librsvg2-2 librsvg2-common librsvg2-dev
libseccomp: libseccomp2
libselinux: libselinux1 libselinux1-dev
libsemanage: libsemanage-common libsemanage1 libsemanage2
libsepol: libsepol-dev libsepol1 libsepol2
libsm: libsm-dev libsm6
libssh2: libssh2-1
libthai: libthai-data libthai0
libtirpc: libtirpc-common libtirpc-dev libtirpc3 libtirpc3t64
libtool: libltdl-dev libltdl7
libunistring: libunistring2 libunistring5
libwebp: libwebp-dev libwebp7 libwebpdemux2 libwebpmux3
libwmf: libwmf-0.2-7 libwmf-dev libwmflite-0.2-7
libx11: libx11-6 libx11-data libx11-dev
libxau: libxau-dev libxau6
libxcb: libxcb-render0 libxcb-render0-dev libxcb-shm0 libxcb-shm0-dev libxcb1 libxcb1-dev
libxcrypt: libcrypt-dev libcrypt1
libxdmcp: libxdmcp-dev libxdmcp6
libxext: libxext-dev libxext6
libxml2: libxml2-dev
libxrender: libxrender-dev libxrender1
libxslt: libxslt1-dev libxslt1.1
libxt: libxt-dev libxt6
libyaml: libyaml-0-2 libyaml-dev
libzstd: libzstd-dev libzstd1
linux: linux-libc-dev
lsb: lsb-base
lz4: liblz4-1
lzo2: liblzo2-2
make-dfsg: make
mariadb: libmariadb-dev libmariadb-dev-compat libmariadb3 mariadb-common
mercurial: mercurial-common
mpclib3: libmpc3
mpfr4: libmpfr6
mysql-defaults: default-libmysqlclient-dev mysql-common
ncurses: libncurses-dev libncurses5-dev libncurses6 libncursesw5-dev libncursesw6 libtinfo6
    ncurses-base ncurses-bin
nettle: libhogweed6 libhogweed6t64 libnettle8 libnettle8t64
nghttp2: libnghttp2-14
npth: libnpth0 libnpth0t64
numactl: libnuma1
o: libssl3 libssl3t64
openexr: libopenexr-3-1-30 libopenexr-dev
openjpeg2: libopenjp2-7 libopenjp2-7-dev
openldap: libldap-2.5-0
openssh: openssh-client
openssl: libssl-dev libssl1.1 libssl3 libssl3t64 openssl-provider-legacy
p11-kit: libp11-kit0
pam: libpam-modules libpam-modules-bin libpam-runtime libpam0g
pango1.0: libpango-1.0-0 libpangocairo-1.0-0 libpangoft2-1.0-0
pcre2: libpcre2-16-0 libpcre2-32-0 libpcre2-8-0 libpcre2-dev libpcre2-posix3
pcre3: libpcre3
perl: libperl5.36 perl-base perl-modules-5.36
pinentry: pinentry-curses
pixman: libpixman-1-0 libpixman-1-dev
pkgconf: libpkgconf3 pkg-config pkgconf-bin
postgresql-15: libpq-dev libpq5
procps: libproc2-0
python3-defaults: libpython3-stdlib python3 python3-minimal
python3-stdlib-extensions: python3-distutils python3-lib2to3
python3.11: libpython3.11-minimal libpython3.11-stdlib python3.11-minimal
python3.13: libpython3.13-minimal libpython3.13-stdlib python3.13-minimal python3.13-venv
readline: libreadline-dev libreadline8 libreadline8t64 readline-common
rtmpdump: librtmp1
rust-sequoia-sq: sq
rust-sequoia-sqv: sqv
serf: libserf-1-1
shadow: login login.defs passwd
sqlite3: libsqlite3-0 libsqlite3-dev
subversion: libsvn1
systemd: libsystemd0 libudev1
sysvinit: sysvinit-utils
temurin-17: temurin-17-jre
temurin-21: temurin-21-jre
temurin-25: temurin-25-jre
tiff: libtiff-dev libtiff6 libtiffxx6
tzdata: tzdata-legacy
u: libuuid1
usrmerge: usr-is-merged
utf8proc: libutf8proc2
util-linux: bsdutils libblkid-dev libblkid1 liblastlog2-2 libmount-dev libmount1 libsmartcols1
    libuuid1 login mount util-linux-extra uuid-dev
x265: libx265-199
xorg: x11-common
xorgproto: x11proto-core-dev x11proto-dev
xtrans: xtrans-dev
xxhash: libxxhash0
xz-utils: liblzma-dev liblzma5
zlib: zlib1g zlib1g-dev
"""
_ALPINE = """
acl: acl-libs
alpine-baselayout: alpine-baselayout-data
apk-tools: libapk libapk2
argon2: argon2-libs
brotli: brotli-libs
busybox: busybox-binsh ssl_client
bzip2: libbz2
ca-certificates: ca-certificates-bundle
curl: libcurl
cyrus-sasl: libsasl
e2fsprogs: libcom_err
gcc: libgcc libgomp libstdc++
gettext: gettext-envsubst libintl
gnu-libiconv: gnu-libiconv-libs
icu: icu-data-en icu-data-full icu-libs
keyutils: keyutils-libs
krb5: krb5-libs
libc-dev: libc-utils
libtirpc: libtirpc-conf
llvm21: llvm21-libs
lz4: lz4-libs
musl: musl-utils
ncurses: libncursesw libpanelw ncurses-terminfo-base
nghttp2: nghttp2-libs
openldap: libldap
openssl: libcrypto1.1 libcrypto3 libssl1.1 libssl3
pax-utils: scanelf
sqlite: sqlite-libs
util-linux: libblkid libmount libuuid setpriv
xz: xz-libs
zstd: zstd-libs
"""


@cache
def known_sources(kind: str) -> dict[str, str]:
    """Map packages to their sources.

    Args:
        kind: purl type, `deb` or `apk`; of others nothing is known.
    """
    table = {"deb": _DEBIAN, "apk": _ALPINE}.get(kind, "")
    found: dict[str, str] = {}
    source = ""
    for word in table.split():
        if word.endswith(":"):
            source = word[:-1]
        else:
            found[word] = source
    return found
