module gangplank.example/timely

go 1.24

require (
	gangplank.dev/go v0.0.0
	gangplank.example/measure v0.0.0
)

replace (
	gangplank.dev/go => ../../go
	gangplank.example/measure => ../measure/go
)
