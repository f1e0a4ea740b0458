module gangplank.example/wordcount_rust

go 1.24

require gangplank.dev/go v0.0.0

replace gangplank.dev/go => ../../../go
