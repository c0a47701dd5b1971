"""Tests the function alone, and once in a pool."""

import unittest

from invert_all import invert, invert_all


class TestInvert(unittest.TestCase):
    def test_inverts(self):
        self.assertEqual(invert(4), 0.25)

    def test_has_no_inverse_of_zero(self):
        self.assertIsNone(invert(0))

    def test_refuses_text(self):
        with self.assertRaises(TypeError):
            invert("four")


class TestInvertAll(unittest.TestCase):
    def test_keeps_the_order(self):
        self.assertEqual(invert_all([4, 0, 2]), [0.25, None, 0.5])


if __name__ == "__main__":
    unittest.main(verbosity=2)
