"""The pages of needs: state one, tie it, test what was assumed."""
