module gangplank.example/streams

go 1.24
