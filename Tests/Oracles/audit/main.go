// Checks an audit log with the packages from which C2SP's formats come, golang.org/x/mod/sumdb/note
// and tlog: the signature, the root, every tile and every bundle of entries, byte by byte; nothing of
// it is shared with the program that wrote the log.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o check main.go
//	check LOG_FOLDER VKEY_FILE
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// The hashes of a whole tree, in the order in which the package stores them.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(s)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		hashes[i] = s[index]
	}
	return hashes, nil
}

// Where a tile lies: sumdb's own paths have the height in them, and other partial names.
func path(folder, level string, number int64, width int) string {
	name := fmt.Sprintf("%03d", number%1000)
	for number /= 1000; number > 0; number /= 1000 {
		name = fmt.Sprintf("x%03d/%s", number%1000, name)
	}
	if width < 1<<height {
		name += fmt.Sprintf(".p/%d", width)
	}
	return filepath.Join(folder, "tile", level, name)
}

func check(folder, key string) error {
	text, err := os.ReadFile(key)
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(text)))
	if err != nil {
		return err
	}
	message, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	opened, err := note.Open(message, note.VerifierList(verifier))
	if err != nil {
		return err
	}
	lines, err := os.ReadFile(filepath.Join(folder, "audit.ndjson"))
	if err != nil {
		return err
	}
	records := bytes.Split(bytes.TrimSuffix(lines, []byte("\n")), []byte("\n"))
	var hashes stored
	for number, record := range records {
		added, err := tlog.StoredHashes(int64(number), record, hashes)
		if err != nil {
			return err
		}
		hashes = append(hashes, added...)
	}
	size := int64(len(records))
	root, err := tlog.TreeHash(size, hashes)
	if err != nil {
		return err
	}
	body := fmt.Sprintf("%s\n%d\n%s\n", verifier.Name(), size, root)
	if opened.Text != body {
		return fmt.Errorf("the checkpoint says %q, the records come to %q", opened.Text, body)
	}
	count := 0
	for _, tile := range tlog.NewTiles(height, 0, size) {
		// It lists every beginning of the last tile; the checkpoint needs the longest.
		if tile.W < 1<<height && int64(tile.W) != size>>(height*tile.L)&(1<<height-1) {
			continue
		}
		count++
		wanted, err := tlog.ReadTileData(tile, hashes)
		if err != nil {
			return err
		}
		name := path(folder, fmt.Sprint(tile.L), tile.N, tile.W)
		found, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if !bytes.Equal(found, wanted) {
			return fmt.Errorf("%s isn't what the records come to", name)
		}
		if tile.L == 0 {
			if err := checkBundle(folder, tile, records); err != nil {
				return err
			}
		}
	}
	fmt.Printf("%d records, %d tiles and all bundles are what the records come to\n", size, count)
	return nil
}

func checkBundle(folder string, tile tlog.Tile, records [][]byte) error {
	var wanted []byte
	first := tile.N << height
	for _, record := range records[first : first+int64(tile.W)] {
		wanted = binary.BigEndian.AppendUint16(wanted, uint16(len(record)))
		wanted = append(wanted, record...)
	}
	name := path(folder, "entries", tile.N, tile.W)
	found, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if !bytes.Equal(found, wanted) {
		return fmt.Errorf("%s doesn't hold the records", name)
	}
	return nil
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: check LOG_FOLDER VKEY_FILE")
		os.Exit(2)
	}
	if err := check(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
