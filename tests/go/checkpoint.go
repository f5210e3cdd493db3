// Verifies a log's checkpoint, its entries and the proof of each release with golang.org/x/mod/sumdb: an
// implementation that shares nothing with the program. Usage: checkpoint PUBLIC-FOLDER VERIFIER-KEY
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if err := check(os.Args[1], os.Args[2]); err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
}

func check(public, key string) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return err
	}
	signed, err := os.ReadFile(filepath.Join(public, "log/checkpoint"))
	if err != nil {
		return err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		return fmt.Errorf("not three lines under the key's name")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil {
		return err
	}
	entries, err := read(public, size)
	if err != nil {
		return err
	}
	return tree(public, entries, root)
}

// The entries, from their files.
func read(public string, size int64) ([][]byte, error) {
	var entries [][]byte
	for n := int64(0); n*256 < size; n++ {
		width := size - n*256
		if width > 256 {
			width = 256
		}
		data, err := os.ReadFile(filepath.Join(public, "log", path("entries", n, width)))
		if err != nil {
			return nil, err
		}
		for i := int64(0); i < width; i++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("bundle %d is cut", n)
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			entries = append(entries, data[2:end])
			data = data[end:]
		}
		if len(data) != 0 {
			return nil, fmt.Errorf("bundle %d is longer", n)
		}
	}
	return entries, nil
}

func path(level string, n, width int64) string {
	name := fmt.Sprintf("tile/%s/%03d", level, n)
	if width < 256 {
		name += fmt.Sprintf(".p/%d", width)
	}
	return name
}

// The root, the tiles of the lowest level, and a proof for every release.
func tree(public string, entries [][]byte, root []byte) error {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, i := range indexes {
			hashes = append(hashes, stored[i])
		}
		return hashes, nil
	})
	for n, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(n), entry, reader)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
	}
	size := int64(len(entries))
	own, err := tlog.TreeHash(size, reader)
	if err != nil {
		return err
	}
	if !bytes.Equal(own[:], root) {
		return fmt.Errorf("the root is another one")
	}
	for _, tile := range tlog.NewTiles(8, 0, size) {
		// This version also names the partial tiles of every earlier size.
		if tile.W < 256 && int64(tile.W) != (size>>(8*uint(tile.L)))%256 {
			continue
		}
		data, err := tlog.ReadTileData(tile, reader)
		if err != nil {
			return err
		}
		found, err := os.ReadFile(filepath.Join(public, "log", path(strconv.Itoa(tile.L), tile.N, int64(tile.W))))
		if err != nil {
			return err
		}
		if !bytes.Equal(found, data) {
			return fmt.Errorf("tile %v is another one", tile)
		}
	}
	proved := 0
	for n, entry := range entries {
		var event struct{ Event, Period, Sha256 string }
		if err := json.Unmarshal(entry, &event); err != nil {
			return err
		}
		if event.Event != "release.published" {
			continue
		}
		release, err := os.ReadFile(filepath.Join(public, "releases", event.Period+".json"))
		if err != nil {
			return err
		}
		digest := sha256.Sum256(release)
		if hex.EncodeToString(digest[:]) != event.Sha256 {
			return fmt.Errorf("%s is not the release that was logged", event.Period)
		}
		proof, err := tlog.ProveRecord(size, int64(n), reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, size, own, int64(n), tlog.RecordHash(entry)); err != nil {
			return err
		}
		proved++
	}
	fmt.Printf("%d entries, %d releases verified\n", size, proved)
	return nil
}
