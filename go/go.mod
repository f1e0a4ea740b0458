module gangplank.dev/go

go 1.24
