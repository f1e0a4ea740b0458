module gangplank.example/measure

go 1.24
