# One line per command; dev.py says what each does: python3 dev.py help
.PHONY: run test check fix docs bench lock
run: ; @python3 dev.py run
test: ; @python3 dev.py test
check: ; @python3 dev.py check
fix: ; @python3 dev.py fix
docs: ; @python3 dev.py docs
bench: ; @python3 dev.py bench
lock: ; @python3 dev.py lock
