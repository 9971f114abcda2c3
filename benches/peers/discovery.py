"""The numpy baseline of the table of discovery: prints lines "case<TAB>what<TAB>seconds", with the loss of a training.

Closed form: one row per sample and real equation, vec(gradient x^T) in the unknowns of the ansatz, the Gram matrix of the
rows, its eigenvectors below a gap. Joint training: the same losses as ours (invariance in the limit, normalisation,
orthogonality), gradients by hand, Adam. Projected training: one generator after another on the quadratic form, orthogonal
to those found, until the loss is 1e-10. Processor seconds of this process, data drawn before the clock starts.

    discovery.py [quick]
"""

import sys
import time

import numpy as np

rng = np.random.default_rng(0)
quick = "quick" in sys.argv[1:]


def report(case, what, call, least=0.5, most=50):
    best, begin, result = float("inf"), time.process_time(), None
    for run in range(most):
        start = time.process_time()
        result = call()
        end = time.process_time()
        best = min(best, end - start)
        if run >= 2 and end - begin > least:
            break
        if end - start > 5:
            break
    loss = f"\t{result:.1e}" if isinstance(result, float) else ""
    print(f"{case}\t{what}\t{best:.6f}{loss}", flush=True)


def null_space(rows):
    """Eigenvectors of the Gram matrix below its largest gap, rows brought to one size."""
    sizes = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    rows = rows / np.maximum(sizes, 1e-300)[:, None]
    values, vectors = np.linalg.eigh(rows.T @ rows)
    values = np.sqrt(np.maximum(values, 1e-30))
    dim = int(np.argmax(values[1:] / np.maximum(values[:-1], 1e-9 * values[-1]))) + 1
    return vectors[:, :dim]


def outer_rows(pairs):
    """Rows sum over arguments of vec(g x^T)."""
    return sum((g[:, :, None] * x[:, None, :]).reshape(len(x), -1) for g, x in pairs)


# Octonions: products of units by the lines of the Fano plane.
LINES = [(1, 2, 4), (2, 3, 5), (3, 4, 6), (4, 5, 7), (5, 6, 1), (6, 7, 2), (7, 1, 3)]


def octonion_table():
    table = np.zeros((8, 8, 8))
    table[0, range(8), range(8)] = table[range(8), 0, range(8)] = 1
    for line in LINES:
        for s in range(3):
            i, j, k = line[s], line[(s + 1) % 3], line[(s + 2) % 3]
            table[i, j, k], table[j, i, k] = 1, -1
    for i in range(1, 8):
        table[i, i, :] = 0
        table[i, i, 0] = -1
    return table


OCTONIONS = octonion_table()
CONJUGATE = np.array([1.0] + [-1.0] * 7)


def times(x, y):
    # As two products of matrices: einsum over three indices at once is slow.
    n = len(x)
    left = (x @ OCTONIONS.reshape(8, 64)).reshape(n, 8, 8)
    return np.matmul(y[:, None, :], left)[:, 0, :]


def adjoint(x):
    """The quadratic adjoint on the Albert algebra (a, b, c; x, y, z): the gradient of the norm is its dual."""
    a, o = x[:, :3], [x[:, 3 + 8 * k : 11 + 8 * k] for k in range(3)]
    out = np.empty_like(x)
    for i in range(3):
        j, k = (i + 1) % 3, (i + 2) % 3
        out[:, i] = a[:, j] * a[:, k] - np.einsum("ij,ij->i", o[i], o[i])
        out[:, 3 + 8 * i : 11 + 8 * i] = times(o[j], o[k]) * CONJUGATE - a[:, i : i + 1] * o[i]
    return out


TRACE = np.array([1.0] * 3 + [2.0] * 24)


def trace_free():
    """The 26-dimensional subspace as a matrix 26 x 27: c = -a - b."""
    embed = np.zeros((26, 27))
    embed[0, [0, 2]], embed[1, [1, 2]] = (1, -1), (1, -1)
    embed[range(2, 26), range(3, 27)] = 1
    return embed


def quartic_gradient(p):
    """The gradient of Freudenthal's quartic 8 T(A#,B#) - 8 s N(A) - 8 t N(B) - 2 (T(A,B) - s t)^2 on (s, t, A, B)."""
    s, t, a, b = p[:, :1], p[:, 1:2], p[:, 2:29], p[:, 29:]
    pair = lambda x, y: ((x * TRACE) * y).sum(1, keepdims=True)
    sharp_a, sharp_b = adjoint(a), adjoint(b)
    norm = lambda x, sharp: pair(x, sharp) / 3
    # T(A#, y) varies with A as the polarised adjoint A x y, which is symmetric under T.
    cross = lambda x, y: adjoint(x + y) - adjoint(x) - adjoint(y)
    mixed = pair(a, b) - s * t
    out = np.empty_like(p)
    out[:, :1] = -8 * norm(a, sharp_a) + 4 * mixed * t
    out[:, 1:2] = -8 * norm(b, sharp_b) + 4 * mixed * s
    out[:, 2:29] = TRACE * (8 * cross(a, sharp_b) - 8 * s * sharp_a - 4 * mixed * b)
    out[:, 29:] = TRACE * (8 * cross(b, sharp_a) - 8 * t * sharp_b - 4 * mixed * a)
    return out


def closed_form(case, dim, rows):
    assert null_space(rows()).shape[1] == dim, case
    report(case, "closed", lambda: null_space(rows()))


def count(unknowns):
    return unknowns + unknowns // 10 + 20


def orthogonal(n):
    x = rng.standard_normal((count(n * n), n))
    closed_form(f"SO({n})", n * (n - 1) // 2, lambda: outer_rows([(x, x)]))


def unitary(n):
    z = rng.standard_normal((count(2 * n * n), n)) + 1j * rng.standard_normal((count(2 * n * n), n))

    def rows():
        product = (z.conj()[:, :, None] * z[:, None, :]).reshape(len(z), -1)
        return np.concatenate([product.real, -product.imag], axis=1)

    closed_form(f"U({n})", n * n, rows)


def exceptional():
    x, y, z = rng.standard_normal((3, count(49), 7))
    form = np.zeros((7, 7, 7))
    for i, j, k in LINES:
        for p, sign in (((i, j, k), 1), ((j, k, i), 1), ((k, i, j), 1), ((j, i, k), -1), ((i, k, j), -1), ((k, j, i), -1)):
            form[tuple(q - 1 for q in p)] = sign
    flat = form.reshape(7, 49)

    def three():
        by_first = lambda u, v: np.matmul(v[:, None, :], (u @ flat).reshape(-1, 7, 7))[:, 0, :]
        return outer_rows([(by_first(y, z), x), (by_first(z, x), y), (by_first(x, y), z)])

    closed_form("G2", 14, three)
    embed = trace_free()
    free = rng.standard_normal((count(676), 26))
    closed_form("F4", 52, lambda: outer_rows([((adjoint(free @ embed) * TRACE) @ embed.T, free)]))
    albert = rng.standard_normal((count(729), 27))
    closed_form("E6", 78, lambda: outer_rows([(adjoint(albert) * TRACE, albert)]))
    if not quick:
        points = rng.standard_normal((3400, 56))
        closed_form("E7", 133, lambda: outer_rows([(quartic_gradient(points), points)]))
    return albert


class Adam:
    def __init__(self, shape, rate):
        self.first, self.second, self.step, self.rate = np.zeros(shape), np.zeros(shape), 0, rate

    def move(self, w, gradient):
        self.step += 1
        self.first = 0.9 * self.first + 0.1 * gradient
        self.second = 0.999 * self.second + 0.001 * gradient**2
        mean = self.first / (1 - 0.9**self.step)
        return w - self.rate * mean / (np.sqrt(self.second / (1 - 0.999**self.step)) + 1e-8)


def joint(n, generators, epochs):
    """Joint training of the norm on 300 points: invariance, normalisation to Tr W W^T = 2, orthogonality."""
    x = rng.standard_normal((300, n))
    unit = x / np.linalg.norm(x, axis=1, keepdims=True)
    rows = outer_rows([(unit, x)])
    form = rows.T @ rows / 300
    w, adam = rng.standard_normal((generators, n * n)) / n, Adam((generators, n * n), 1e-3)
    for _ in range(epochs):
        overlap = w @ w.T
        size = np.diag(overlap) - 2
        np.fill_diagonal(overlap, 0)
        # d/dw of w M w, (w.w - 2)^2 and the sum over pairs of (w.v)^2.
        w = adam.move(w, 2 * w @ form + 4 * size[:, None] * w + 2 * overlap @ w)
    overlap = w @ w.T
    size = np.diag(overlap) - 2
    return float(np.einsum("ij,ij->", w @ form, w) + (size**2).sum() + (np.triu(overlap, 1) ** 2).sum())


def projected(x, gradients, generators, tolerance=1e-10):
    """Generators one by one on the sphere orthogonal to those found, at rate 0.01; the form has trace 1."""
    rows = outer_rows([(gradients, x)])
    rows /= np.sqrt(np.mean(np.einsum("ij,ij->i", rows, rows)))
    form = rows.T @ rows / len(rows)
    found, steps = np.zeros((0, form.shape[0])), 0
    while len(found) < generators:
        w, adam = rng.standard_normal(form.shape[0]), Adam(form.shape[0], 1e-2)
        for _ in range(20_000):
            w -= found.T @ (found @ w)
            w /= np.linalg.norm(w)
            slope = form @ w
            if w @ slope < tolerance:
                break
            w = adam.move(w, 2 * slope)
            steps += 1
        else:
            raise ValueError("a start failed")
        found = np.vstack([found, w])
    return steps


for size in (3, 5) if quick else range(3, 11):
    orthogonal(size)
for size in (2, 3) if quick else range(2, 7):
    unitary(size)
albert = exceptional()
if quick:
    report("SO(5)", "joint, 1000 steps", lambda: joint(5, 10, 1000), most=1)
else:
    report("SO(10)", "joint, 6000 steps", lambda: joint(10, 45, 6000), most=1)
    gradients = adjoint(albert) * TRACE
    report("E6", "projected", lambda: projected(albert, gradients, 78), most=1)
