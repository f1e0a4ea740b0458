// Command wordcount counts the words of a tree of source files: the source of the installed Go, if no other is named. The logic is Go, the engine is timely dataflow.
//
//	wordcount [-w WORKERS] [-n PROCESSES -p THIS] [-top N | -all] [FOLDER]
//	wordcount -listen ADDRESS [-connections N] [-send ADDRESS]     lines and counts as frames over TCP
package main

import (
	"gangplank.dev/go/timely"
	"gangplank.example/wordcount/engine"
)

func main() { timely.Main(layout, engine.RegisterProgram, engine.Run) }
