// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceUnfold;

/** Lanewise's Unfold, of either precision, on arrays of double. */
record TestedUnfold(ReferenceUnfold sizes, Precision precision, Object operator) {

  TestedUnfold(ReferenceUnfold sizes, Precision precision) {
    this(sizes, precision, Operators.of(sizes, precision));
  }

  double[] forward(Layout layout, double[] image) {
    return new Call(operator, "forward", precision, layout)
        .input(image)
        .output(sizes.columnElements())
        .run();
  }

  double[] backward(Layout layout, double[] gradColumns) {
    return new Call(operator, "backward", precision, layout)
        .input(gradColumns)
        .output(sizes.imageElements())
        .run();
  }
}
