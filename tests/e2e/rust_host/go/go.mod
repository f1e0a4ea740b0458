module gangplank.example/rust_host

go 1.24
