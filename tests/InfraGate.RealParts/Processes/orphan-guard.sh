# Ends what a test host leaves behind when it is killed. The host holds the other end of this program's standard input; when that
# ends without a "forget", the host is gone. A process is ended only if it still is the one that was announced (same start time).
trap '' INT TERM HUP
declare -A processes folders

started_at() {
  local stat fields
  stat=$(<"/proc/$1/stat") 2>/dev/null || return 1
  read -ra fields <<<"${stat##*) }"
  echo "${fields[19]}"
}

while IFS=' ' read -r verb what; do
  case $verb in
    process) processes[$what]=$(started_at "$what") ;;
    folder) folders[$what]=1 ;;
    forget) unset "processes[$what]" "folders[$what]" ;;
  esac
done

for pid in "${!processes[@]}"; do
  [[ -n ${processes[$pid]} && $(started_at "$pid") == "${processes[$pid]}" ]] && kill -KILL "$pid"
done
for folder in "${!folders[@]}"; do
  [[ $folder == */infragate-* ]] && rm -rf -- "$folder"
done
