// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceFold;

/** Lanewise's Fold, of either precision, on arrays of double. */
record TestedFold(ReferenceFold sizes, Precision precision, Object operator) {

  TestedFold(ReferenceFold sizes, Precision precision) {
    this(sizes, precision, Operators.of(sizes, precision));
  }

  double[] forward(Layout layout, double[] columns) {
    return new Call(operator, "forward", precision, layout)
        .input(columns)
        .output(sizes.imageElements())
        .run();
  }

  double[] backward(Layout layout, double[] gradImage) {
    return new Call(operator, "backward", precision, layout)
        .input(gradImage)
        .output(sizes.columnElements())
        .run();
  }
}
