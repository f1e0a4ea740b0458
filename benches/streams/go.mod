module gangplank.example/streams

go 1.24

require gangplank.example/measure v0.0.0

replace gangplank.example/measure => ../measure/go
