"""The store on two SPARQL 1.1 servers, each started on loopback and stopped by the tests."""
