// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceGemm;

/** Lanewise's Gemm, of either precision, on arrays of double. */
record TestedGemm(Precision precision, Object operator) {

  TestedGemm(ReferenceGemm sizes, Precision precision) {
    this(precision, Operators.of(sizes, precision));
  }

  double[] multiply(Layout layout, double alpha, double[] a, double[] b, double beta, double[] c) {
    return new Call(operator, "multiply", precision, layout)
        .scalar(alpha)
        .input(a)
        .input(b)
        .scalar(beta)
        .output(c)
        .workspace(Operators.workspace(operator))
        .run();
  }
}
