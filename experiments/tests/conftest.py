"""One thread: two that wait for each other on a busy machine are slower than one."""

from __future__ import annotations

import torch

torch.set_num_threads(1)
