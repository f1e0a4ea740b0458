package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"

	"gangplank.example/payloads/byhand"
	"google.golang.org/protobuf/proto"
)

// space is where answers go.
var space []byte

// askProto asks in protobuf, through one cgo call.
func askProto(kind int, question, answer proto.Message) {
	bytes, err := proto.Marshal(question)
	check(err)
	check(proto.Unmarshal(byhand.Bytes(kind, bytes, &space), answer))
}

// askJSON asks in JSON, through one cgo call.
func askJSON(question *value) *value {
	bytes, err := json.Marshal(question)
	check(err)
	answer := &value{}
	check(json.Unmarshal(byhand.Bytes(byhand.JSON, bytes, &space), answer))
	return answer
}

// worker is a subprocess that answers lines of JSON.
type worker struct {
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

// workerMode is the argument that makes this program the subprocess.
const workerMode = "worker"

func startWorker() (*worker, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	w := &worker{command: exec.Command(self, workerMode)}
	w.command.Stderr = os.Stderr
	if w.in, err = w.command.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := w.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w.out = bufio.NewReaderSize(out, 1<<16)
	return w, w.command.Start()
}

func (w *worker) ask(question *value) *value {
	bytes, err := json.Marshal(question)
	check(err)
	_, err = w.in.Write(append(bytes, '\n'))
	check(err)
	line, err := w.out.ReadBytes('\n')
	check(err)
	answer := &value{}
	check(json.Unmarshal(line, answer))
	return answer
}

func (w *worker) stop() error {
	w.in.Close()
	return w.command.Wait()
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
