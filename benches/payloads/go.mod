module gangplank.example/payloads

go 1.24

require (
	gangplank.example/measure v0.0.0
	google.golang.org/protobuf v1.36.11
)

replace gangplank.example/measure => ../measure/go
