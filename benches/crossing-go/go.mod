module gangplank.example/crossing-go

go 1.24
