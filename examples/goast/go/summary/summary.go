// Package summary says what a file of Go source declares. It knows nothing of Rust.
package summary

import (
	"go/ast"
	"go/parser"
	"go/token"
)

// File is what a file declares at its top level.
type File struct {
	Package   string     // the name in the package clause
	Lines     uint32     // how many it has
	Exported  uint32     // functions, methods of exported types, types, constants, variables
	Functions []Function // in source order, with methods
}

// Function is a function or method with its place.
type Function struct {
	Name  string // of a method: Type.Name
	Line  uint32 // the first, from 1
	Lines uint32
}

// Parse parses one file. It keeps nothing of source: a syntax tree holds copies of the text it needs.
func Parse(path string, source []byte) (File, error) {
	files := token.NewFileSet()
	syntax, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
	if err != nil {
		return File{}, err
	}
	file := File{
		Package: syntax.Name.Name,
		Lines:   uint32(files.File(syntax.Package).LineCount()),
	}
	for _, decl := range syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			file.Functions = append(file.Functions, function(files, decl))
			if decl.Name.IsExported() && (decl.Recv == nil || ast.IsExported(receiver(decl))) {
				file.Exported++
			}
		case *ast.GenDecl:
			file.Exported += exported(decl)
		}
	}
	return file, nil
}

// function says where a function is and how long.
func function(files *token.FileSet, decl *ast.FuncDecl) Function {
	name := decl.Name.Name
	if typ := receiver(decl); typ != "" {
		name = typ + "." + name
	}
	first, last := files.PositionFor(decl.Pos(), false).Line, files.PositionFor(decl.End(), false).Line
	return Function{Name: name, Line: uint32(first), Lines: uint32(last - first + 1)}
}

// exported counts the exported types, constants and variables of a declaration.
func exported(decl *ast.GenDecl) (n uint32) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.IsExported() {
				n++
			}
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				if name.IsExported() {
					n++
				}
			}
		}
	}
	return n
}

// receiver is the name of a method's type, without pointer and type parameters; empty for a function.
func receiver(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return ""
	}
	for typ := decl.Recv.List[0].Type; ; {
		switch t := typ.(type) {
		case *ast.Ident:
			return t.Name
		case *ast.StarExpr:
			typ = t.X
		case *ast.ParenExpr:
			typ = t.X
		case *ast.IndexExpr:
			typ = t.X
		case *ast.IndexListExpr:
			typ = t.X
		default:
			return ""
		}
	}
}
