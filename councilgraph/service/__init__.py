"""SPARQL for everybody: queries of strangers, each in a process that can be ended.

The engine cannot be interrupted inside a process, and what it takes of memory it takes from
everybody. So a pool keeps a few worker processes on the build in force. Each opens the
database for reading only, has a ceiling of memory and, on Linux, cannot open a connection;
a query that runs too long ends with its process, and a new one takes its place.
"""
