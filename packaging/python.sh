# Finds a Python of 3.11 or later and leaves it in $python. To be sourced.
python=
for candidate in python3.11 python3.12 python3.13 python3.14 python3 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Tensorloom needs Python 3.11 or later, and none was found. Install it (python.org, or apt-get install python3 python3-venv) and start again." >&2
    exit 1
fi
