module gangplank.example/stale

go 1.24
