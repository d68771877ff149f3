package main

import (
	"fmt"
	"log"
	"net/http"
	"time"
)

func main() {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		answer, err := http.Get("https://example.com/")
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer answer.Body.Close()
		fmt.Fprintln(w, answer.Status, time.Now().In(zone).Format(time.RFC1123))
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
