module gangplank.example/rows

go 1.24
