// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import dev.lanewise.internal.simd.LoopStrip;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link FloatSlidingTile} of 2 filters: 2·9 accumulators + 9 vectors of the image + 2. */
final class FloatSlidingTile2 implements FloatSlidingTile {
  private static final int FILTERS = 2;

  /** LENGTH zeros, then LENGTH ones: a vector from index r on is one in its last r lanes. */
  private static final float[] LAST_LANES = FloatLastLanes.zerosThenOnes(LENGTH);

  @Override
  public int filters() {
    return FILTERS;
  }

  @Override
  public int lanes() {
    return LENGTH;
  }

  @Override
  public void accumulate(
      int rows,
      int width,
      float[] image,
      int imageOffset,
      int pitch,
      float[] filtered,
      int filteredOffset,
      int plane,
      float[] sums,
      int sumsOffset,
      int stride) {
    wholeVectors(
        rows,
        width,
        image,
        imageOffset,
        pitch,
        filtered,
        filteredOffset,
        plane,
        sums,
        sumsOffset,
        stride);
    if (width % LENGTH != 0) {
      lastVector(
          rows,
          width,
          image,
          imageOffset,
          pitch,
          filtered,
          filteredOffset,
          plane,
          sums,
          sumsOffset,
          stride);
    }
  }

  private static void wholeVectors(
      int rows,
      int width,
      float[] image,
      int imageOffset,
      int pitch,
      float[] filtered,
      int filteredOffset,
      int plane,
      float[] sums,
      int sumsOffset,
      int stride) {
    FloatVector acc000 = FloatVector.fromArray(SPECIES, sums, sumsOffset);
    FloatVector acc001 = FloatVector.fromArray(SPECIES, sums, sumsOffset + LENGTH);
    FloatVector acc002 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 2 * LENGTH);
    FloatVector acc010 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 3 * LENGTH);
    FloatVector acc011 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 4 * LENGTH);
    FloatVector acc012 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 5 * LENGTH);
    FloatVector acc020 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 6 * LENGTH);
    FloatVector acc021 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 7 * LENGTH);
    FloatVector acc022 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 8 * LENGTH);
    FloatVector acc100 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride);
    FloatVector acc101 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + LENGTH);
    FloatVector acc102 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 2 * LENGTH);
    FloatVector acc110 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 3 * LENGTH);
    FloatVector acc111 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 4 * LENGTH);
    FloatVector acc112 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 5 * LENGTH);
    FloatVector acc120 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 6 * LENGTH);
    FloatVector acc121 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 7 * LENGTH);
    FloatVector acc122 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 8 * LENGTH);
    int whole = LoopStrip.whole(rows);
    for (int column = 0; column + LENGTH <= width; column += LENGTH) {
      int from = imageOffset + column;
      int at = filteredOffset + column;
      FloatVector x00 = FloatVector.fromArray(SPECIES, image, from);
      FloatVector x01 = FloatVector.fromArray(SPECIES, image, from + 1);
      FloatVector x02 = FloatVector.fromArray(SPECIES, image, from + 2);
      FloatVector x10 = FloatVector.fromArray(SPECIES, image, from + pitch);
      FloatVector x11 = FloatVector.fromArray(SPECIES, image, from + pitch + 1);
      FloatVector x12 = FloatVector.fromArray(SPECIES, image, from + pitch + 2);
      for (int r = 0; r < whole; r++) {
        int next = from + 2 * pitch + r * pitch;
        FloatVector x20 = FloatVector.fromArray(SPECIES, image, next);
        FloatVector x21 = FloatVector.fromArray(SPECIES, image, next + 1);
        FloatVector x22 = FloatVector.fromArray(SPECIES, image, next + 2);
        FloatVector g0 = FloatVector.fromArray(SPECIES, filtered, at + r * width);
        acc000 = g0.fma(x00, acc000);
        acc001 = g0.fma(x01, acc001);
        acc002 = g0.fma(x02, acc002);
        acc010 = g0.fma(x10, acc010);
        acc011 = g0.fma(x11, acc011);
        acc012 = g0.fma(x12, acc012);
        acc020 = g0.fma(x20, acc020);
        acc021 = g0.fma(x21, acc021);
        acc022 = g0.fma(x22, acc022);
        FloatVector g1 = FloatVector.fromArray(SPECIES, filtered, at + plane + r * width);
        acc100 = g1.fma(x00, acc100);
        acc101 = g1.fma(x01, acc101);
        acc102 = g1.fma(x02, acc102);
        acc110 = g1.fma(x10, acc110);
        acc111 = g1.fma(x11, acc111);
        acc112 = g1.fma(x12, acc112);
        acc120 = g1.fma(x20, acc120);
        acc121 = g1.fma(x21, acc121);
        acc122 = g1.fma(x22, acc122);
        x00 = x10;
        x01 = x11;
        x02 = x12;
        x10 = x20;
        x11 = x21;
        x12 = x22;
      }
    }
    acc000.intoArray(sums, sumsOffset);
    acc001.intoArray(sums, sumsOffset + LENGTH);
    acc002.intoArray(sums, sumsOffset + 2 * LENGTH);
    acc010.intoArray(sums, sumsOffset + 3 * LENGTH);
    acc011.intoArray(sums, sumsOffset + 4 * LENGTH);
    acc012.intoArray(sums, sumsOffset + 5 * LENGTH);
    acc020.intoArray(sums, sumsOffset + 6 * LENGTH);
    acc021.intoArray(sums, sumsOffset + 7 * LENGTH);
    acc022.intoArray(sums, sumsOffset + 8 * LENGTH);
    acc100.intoArray(sums, sumsOffset + stride);
    acc101.intoArray(sums, sumsOffset + stride + LENGTH);
    acc102.intoArray(sums, sumsOffset + stride + 2 * LENGTH);
    acc110.intoArray(sums, sumsOffset + stride + 3 * LENGTH);
    acc111.intoArray(sums, sumsOffset + stride + 4 * LENGTH);
    acc112.intoArray(sums, sumsOffset + stride + 5 * LENGTH);
    acc120.intoArray(sums, sumsOffset + stride + 6 * LENGTH);
    acc121.intoArray(sums, sumsOffset + stride + 7 * LENGTH);
    acc122.intoArray(sums, sumsOffset + stride + 8 * LENGTH);
  }

  private static void lastVector(
      int rows,
      int width,
      float[] image,
      int imageOffset,
      int pitch,
      float[] filtered,
      int filteredOffset,
      int plane,
      float[] sums,
      int sumsOffset,
      int stride) {
    FloatVector zero = FloatVector.zero(SPECIES);
    VectorMask<Float> own =
        FloatVector.fromArray(SPECIES, LAST_LANES, width % LENGTH)
            .compare(VectorOperators.NE, zero);
    int from = imageOffset + width - LENGTH;
    int at = filteredOffset + width - LENGTH;
    FloatVector acc000 = FloatVector.fromArray(SPECIES, sums, sumsOffset);
    FloatVector acc001 = FloatVector.fromArray(SPECIES, sums, sumsOffset + LENGTH);
    FloatVector acc002 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 2 * LENGTH);
    FloatVector acc010 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 3 * LENGTH);
    FloatVector acc011 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 4 * LENGTH);
    FloatVector acc012 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 5 * LENGTH);
    FloatVector acc020 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 6 * LENGTH);
    FloatVector acc021 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 7 * LENGTH);
    FloatVector acc022 = FloatVector.fromArray(SPECIES, sums, sumsOffset + 8 * LENGTH);
    FloatVector acc100 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride);
    FloatVector acc101 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + LENGTH);
    FloatVector acc102 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 2 * LENGTH);
    FloatVector acc110 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 3 * LENGTH);
    FloatVector acc111 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 4 * LENGTH);
    FloatVector acc112 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 5 * LENGTH);
    FloatVector acc120 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 6 * LENGTH);
    FloatVector acc121 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 7 * LENGTH);
    FloatVector acc122 = FloatVector.fromArray(SPECIES, sums, sumsOffset + stride + 8 * LENGTH);
    FloatVector x00 = zero.blend(FloatVector.fromArray(SPECIES, image, from), own);
    FloatVector x01 = zero.blend(FloatVector.fromArray(SPECIES, image, from + 1), own);
    FloatVector x02 = zero.blend(FloatVector.fromArray(SPECIES, image, from + 2), own);
    FloatVector x10 = zero.blend(FloatVector.fromArray(SPECIES, image, from + pitch), own);
    FloatVector x11 = zero.blend(FloatVector.fromArray(SPECIES, image, from + pitch + 1), own);
    FloatVector x12 = zero.blend(FloatVector.fromArray(SPECIES, image, from + pitch + 2), own);
    int whole = LoopStrip.whole(rows);
    for (int r = 0; r < whole; r++) {
      int next = from + 2 * pitch + r * pitch;
      FloatVector x20 = zero.blend(FloatVector.fromArray(SPECIES, image, next), own);
      FloatVector x21 = zero.blend(FloatVector.fromArray(SPECIES, image, next + 1), own);
      FloatVector x22 = zero.blend(FloatVector.fromArray(SPECIES, image, next + 2), own);
      FloatVector g0 = zero.blend(FloatVector.fromArray(SPECIES, filtered, at + r * width), own);
      acc000 = g0.fma(x00, acc000);
      acc001 = g0.fma(x01, acc001);
      acc002 = g0.fma(x02, acc002);
      acc010 = g0.fma(x10, acc010);
      acc011 = g0.fma(x11, acc011);
      acc012 = g0.fma(x12, acc012);
      acc020 = g0.fma(x20, acc020);
      acc021 = g0.fma(x21, acc021);
      acc022 = g0.fma(x22, acc022);
      FloatVector g1 =
          zero.blend(FloatVector.fromArray(SPECIES, filtered, at + plane + r * width), own);
      acc100 = g1.fma(x00, acc100);
      acc101 = g1.fma(x01, acc101);
      acc102 = g1.fma(x02, acc102);
      acc110 = g1.fma(x10, acc110);
      acc111 = g1.fma(x11, acc111);
      acc112 = g1.fma(x12, acc112);
      acc120 = g1.fma(x20, acc120);
      acc121 = g1.fma(x21, acc121);
      acc122 = g1.fma(x22, acc122);
      x00 = x10;
      x01 = x11;
      x02 = x12;
      x10 = x20;
      x11 = x21;
      x12 = x22;
    }
    acc000.intoArray(sums, sumsOffset);
    acc001.intoArray(sums, sumsOffset + LENGTH);
    acc002.intoArray(sums, sumsOffset + 2 * LENGTH);
    acc010.intoArray(sums, sumsOffset + 3 * LENGTH);
    acc011.intoArray(sums, sumsOffset + 4 * LENGTH);
    acc012.intoArray(sums, sumsOffset + 5 * LENGTH);
    acc020.intoArray(sums, sumsOffset + 6 * LENGTH);
    acc021.intoArray(sums, sumsOffset + 7 * LENGTH);
    acc022.intoArray(sums, sumsOffset + 8 * LENGTH);
    acc100.intoArray(sums, sumsOffset + stride);
    acc101.intoArray(sums, sumsOffset + stride + LENGTH);
    acc102.intoArray(sums, sumsOffset + stride + 2 * LENGTH);
    acc110.intoArray(sums, sumsOffset + stride + 3 * LENGTH);
    acc111.intoArray(sums, sumsOffset + stride + 4 * LENGTH);
    acc112.intoArray(sums, sumsOffset + stride + 5 * LENGTH);
    acc120.intoArray(sums, sumsOffset + stride + 6 * LENGTH);
    acc121.intoArray(sums, sumsOffset + stride + 7 * LENGTH);
    acc122.intoArray(sums, sumsOffset + stride + 8 * LENGTH);
  }
}
