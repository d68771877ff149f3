"use strict";

const http = require("node:http");
const bcrypt = require("bcrypt");

http
  .createServer(async (request, response) => {
    const secret = new URL(request.url, "http://localhost").searchParams.get("secret") ?? "";
    response.end(`${await bcrypt.hash(secret, 10)}\n`);
  })
  .listen(3000);
