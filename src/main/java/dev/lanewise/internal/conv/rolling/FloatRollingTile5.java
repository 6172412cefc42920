// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.rolling;

import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatRollingTile} of windows 5 rows high: 5 multiply-adds of a loaded vector, but for the
 * edges.
 */
final class FloatRollingTile5 implements FloatRollingTile {
  private static final int HEIGHT = 5;

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public void run(
      int rows,
      int step,
      int second,
      int targetSecond,
      int terms,
      int[] shifts,
      float[] source,
      int sourceOffset,
      int sourcePitch,
      float[] weight,
      int weightOffset,
      float bias,
      float[] target,
      int targetOffset,
      int targetPitch) {
    FloatVector start = FloatVector.broadcast(SPECIES, bias);
    for (int r = 0; r < rows; r += step) {
      int row = Math.min(r, rows - step);
      FloatVector acc00 = start;
      FloatVector acc01 = start;
      FloatVector acc10 = start;
      FloatVector acc11 = start;
      FloatVector acc20 = start;
      FloatVector acc21 = start;
      FloatVector acc30 = start;
      FloatVector acc31 = start;
      for (int k = 0; k < terms; k++) {
        int at0 = sourceOffset + row * sourcePitch + shifts[k];
        FloatVector w0 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * HEIGHT]);
        FloatVector w1 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * HEIGHT + 1]);
        FloatVector w2 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * HEIGHT + 2]);
        FloatVector w3 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * HEIGHT + 3]);
        FloatVector w4 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * HEIGHT + 4]);
        FloatVector x00 = FloatVector.fromArray(SPECIES, source, at0);
        FloatVector x01 = FloatVector.fromArray(SPECIES, source, at0 + second);
        acc00 = w0.fma(x00, acc00);
        acc01 = w0.fma(x01, acc01);
        int at1 = at0 + sourcePitch;
        FloatVector x10 = FloatVector.fromArray(SPECIES, source, at1);
        FloatVector x11 = FloatVector.fromArray(SPECIES, source, at1 + second);
        acc10 = w0.fma(x10, acc10);
        acc11 = w0.fma(x11, acc11);
        acc00 = w1.fma(x10, acc00);
        acc01 = w1.fma(x11, acc01);
        int at2 = at1 + sourcePitch;
        FloatVector x20 = FloatVector.fromArray(SPECIES, source, at2);
        FloatVector x21 = FloatVector.fromArray(SPECIES, source, at2 + second);
        acc20 = w0.fma(x20, acc20);
        acc21 = w0.fma(x21, acc21);
        acc10 = w1.fma(x20, acc10);
        acc11 = w1.fma(x21, acc11);
        acc00 = w2.fma(x20, acc00);
        acc01 = w2.fma(x21, acc01);
        int at3 = at2 + sourcePitch;
        FloatVector x30 = FloatVector.fromArray(SPECIES, source, at3);
        FloatVector x31 = FloatVector.fromArray(SPECIES, source, at3 + second);
        acc30 = w0.fma(x30, acc30);
        acc31 = w0.fma(x31, acc31);
        acc20 = w1.fma(x30, acc20);
        acc21 = w1.fma(x31, acc21);
        acc10 = w2.fma(x30, acc10);
        acc11 = w2.fma(x31, acc11);
        acc00 = w3.fma(x30, acc00);
        acc01 = w3.fma(x31, acc01);
        int at4 = at3 + sourcePitch;
        FloatVector x40 = FloatVector.fromArray(SPECIES, source, at4);
        FloatVector x41 = FloatVector.fromArray(SPECIES, source, at4 + second);
        acc30 = w1.fma(x40, acc30);
        acc31 = w1.fma(x41, acc31);
        acc20 = w2.fma(x40, acc20);
        acc21 = w2.fma(x41, acc21);
        acc10 = w3.fma(x40, acc10);
        acc11 = w3.fma(x41, acc11);
        acc00 = w4.fma(x40, acc00);
        acc01 = w4.fma(x41, acc01);
        int at5 = at4 + sourcePitch;
        FloatVector x50 = FloatVector.fromArray(SPECIES, source, at5);
        FloatVector x51 = FloatVector.fromArray(SPECIES, source, at5 + second);
        acc30 = w2.fma(x50, acc30);
        acc31 = w2.fma(x51, acc31);
        acc20 = w3.fma(x50, acc20);
        acc21 = w3.fma(x51, acc21);
        acc10 = w4.fma(x50, acc10);
        acc11 = w4.fma(x51, acc11);
        int at6 = at5 + sourcePitch;
        FloatVector x60 = FloatVector.fromArray(SPECIES, source, at6);
        FloatVector x61 = FloatVector.fromArray(SPECIES, source, at6 + second);
        acc30 = w3.fma(x60, acc30);
        acc31 = w3.fma(x61, acc31);
        acc20 = w4.fma(x60, acc20);
        acc21 = w4.fma(x61, acc21);
        int at7 = at6 + sourcePitch;
        FloatVector x70 = FloatVector.fromArray(SPECIES, source, at7);
        FloatVector x71 = FloatVector.fromArray(SPECIES, source, at7 + second);
        acc30 = w4.fma(x70, acc30);
        acc31 = w4.fma(x71, acc31);
      }
      int to = targetOffset + row * targetPitch;
      acc00.intoArray(target, to);
      acc10.intoArray(target, to + targetPitch);
      acc20.intoArray(target, to + 2 * targetPitch);
      acc30.intoArray(target, to + 3 * targetPitch);
      acc01.intoArray(target, to + targetSecond);
      acc11.intoArray(target, to + targetPitch + targetSecond);
      acc21.intoArray(target, to + 2 * targetPitch + targetSecond);
      acc31.intoArray(target, to + 3 * targetPitch + targetSecond);
    }
  }
}
