# Writes the file FROM as a C array of bytes, with a NUL behind it, to TO.
file(READ ${FROM} bytes HEX)
string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE ${TO} "#include \"trace.h\"\n\nconst unsigned char trace_page[] = {\n${bytes}0};\n")
