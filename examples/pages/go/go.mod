module gangplank.example/pages

go 1.24
