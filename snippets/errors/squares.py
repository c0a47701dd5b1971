"""A module for functions that workers import."""


def square(number):
    return number * number
