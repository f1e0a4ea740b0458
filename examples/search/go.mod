module gangplank.example/search

go 1.24
