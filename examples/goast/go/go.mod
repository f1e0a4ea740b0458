module gangplank.example/goast

go 1.24
