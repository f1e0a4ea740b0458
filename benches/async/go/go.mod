module gangplank.example/async

go 1.24
