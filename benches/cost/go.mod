module gangplank.example/cost

go 1.24
