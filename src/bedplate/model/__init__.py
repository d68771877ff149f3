"""The nouns: frozen, slotted values that every other room speaks in. Standard library only."""
