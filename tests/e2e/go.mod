module gangplank.example/e2e

go 1.24
