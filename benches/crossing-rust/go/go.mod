module gangplank.example/crossing-rust

go 1.24
