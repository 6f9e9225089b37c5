"""From files to a store: what changed is read, written, validated and put in force."""
