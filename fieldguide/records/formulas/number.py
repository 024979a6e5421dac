"""What a formula takes."""

Number = float | int
