module gangplank.example/peers/purego

go 1.24

require (
	gangplank.example/crossing-go v0.0.0
	gangplank.example/measure v0.0.0
	github.com/ebitengine/purego v0.10.1
)

replace (
	gangplank.example/crossing-go => ../../crossing-go
	gangplank.example/measure => ../../measure/go
)
