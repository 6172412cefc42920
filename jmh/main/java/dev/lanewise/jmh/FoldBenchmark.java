// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.conv.Fold;
import dev.lanewise.conv.UnfoldGeometry;
import dev.lanewise.jmh.naive.NaiveUnfold;
import dev.lanewise.jmh.peak.Work;

/** {@link Fold}: the images that a batch of col matrices adds up to. */
public class FoldBenchmark extends WindowsBenchmark {
  @Override
  Contest contest(UnfoldGeometry geometry, Work work, float[] image, float[] columns) {
    Fold fold = Fold.of(geometry);
    NaiveUnfold loops = new NaiveUnfold(geometry);
    return new Contest(
        work, image, () -> fold.forward(columns, image), () -> loops.fold(columns, image));
  }
}
