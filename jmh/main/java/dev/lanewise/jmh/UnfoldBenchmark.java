// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.conv.Unfold;
import dev.lanewise.conv.UnfoldGeometry;
import dev.lanewise.jmh.naive.NaiveUnfold;
import dev.lanewise.jmh.peak.Work;

/** {@link Unfold}: the col matrix of a batch of images. */
public class UnfoldBenchmark extends WindowsBenchmark {
  @Override
  Contest contest(UnfoldGeometry geometry, Work work, float[] image, float[] columns) {
    Unfold unfold = Unfold.of(geometry);
    NaiveUnfold loops = new NaiveUnfold(geometry);
    return new Contest(
        work, columns, () -> unfold.forward(image, columns), () -> loops.unfold(image, columns));
  }
}
