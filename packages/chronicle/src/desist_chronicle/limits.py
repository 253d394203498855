"""The most that is read: hostile files come from the perpetrator."""

MAXIMUM_SOURCE_BYTES = 2 << 30
MAXIMUM_PACKAGE_BYTES = 20 << 30
MAXIMUM_RECORDS = 5_000_000
MAXIMUM_MEMBERS = 100_000
#: a text compresses perhaps tenfold; beyond two hundred it is a bomb
MAXIMUM_EXPANSION = 200
#: a record beyond this is read in pieces
MAXIMUM_RECORD_BYTES = 16 << 20
