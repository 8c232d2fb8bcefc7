"""What the product costs, beside what the same machine can do without it.

    make bench                 100,000 wishes
    BENCH_ROWS=2000 make bench a quick look
    BENCH_FULL=1 make bench    1,000,000 wishes

Each figure is a ratio of two things measured in turns in one run; absolute figures drift.
"""
