set pagination off
tbreak set_fn
run > program.out
print x
print row[1]
up
csp locals
# everybody waits
python gdb.execute("tbreak csp_idle", to_string=True)
python gdb.execute("continue", to_string=True)
info csp
csp bt 10
csp locals 9
csp locals
