#!/usr/bin/env bash
# Installs the npm packages that the tests run (eng/npm/package.json, versions and checksums locked) into the user's cache, once for
# each state of the lock file, and prints the folder.
#   folder: ${XDG_CACHE_HOME:-~/.cache}/infragate/npm-tools/<hash of the lock file>
set -euo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/npm" && pwd)

key=$(cat "$source_folder"/{package.json,package-lock.json,.npmrc} | sha256sum | cut -c1-12)
out=${XDG_CACHE_HOME:-$HOME/.cache}/infragate/npm-tools/$key
if [[ -e $out/.complete ]]; then echo "$out"; exit 0; fi

mkdir -p "$(dirname "$out")"
exec 9>"$out.lock"
flock 9
if [[ -e $out/.complete ]]; then echo "$out"; exit 0; fi

{
  echo "npm-tools: installing the tests' npm packages into $out (once)"
  rm -rf "$out"
  mkdir "$out"
  cp "$source_folder"/{package.json,package-lock.json,.npmrc} "$out/"
  # Not "npm ci": it insists on an entry for every platform's optional package, and a registry need not hold those of other platforms.
  # "npm install" takes versions and checksums from the lock file just the same.
  (cd "$out" && npm install --no-progress --loglevel=error)
  touch "$out/.complete"
} >&2
echo "$out"
