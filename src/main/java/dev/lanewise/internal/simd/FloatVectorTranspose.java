// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.FloatSpecies.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes in registers, in rounds of exchanges: in round s = 1, 2, 4, 8 rows i and i + s swap
 * lanes, odd groups of s lanes of the first against even groups of the second.
 *
 * <p>Blocks of 4×4 take two rounds in vectors of 4 lanes. Where whole vectors may be exchanged in
 * place, the first two rounds go over four rows of them, the others over what is four rows apart:
 * half the time, and each target line is written at once. More rounds in one method would be faster
 * still when C2 inlines all of them; in some JVMs it does not, and boxes their vectors for good
 * (JDK 25).
 *
 * <p>Source: Eklundh, A Fast Computer Method for Matrix Transposing, IEEE Transactions on
 * Computers, 1972.
 */
final class FloatVectorTranspose implements FloatTranspose {
  /** Rows and columns of a block. */
  private static final int BLOCK = 4;

  private static final VectorSpecies<Float> FOUR_LANES = FloatSpecies.ofLanes(BLOCK);

  private static final VectorShuffle<Float> UP_1 = shift(FOUR_LANES, -1);
  private static final VectorShuffle<Float> UP_2 = shift(FOUR_LANES, -2);
  private static final VectorShuffle<Float> DOWN_1 = shift(FOUR_LANES, 1);
  private static final VectorShuffle<Float> DOWN_2 = shift(FOUR_LANES, 2);
  private static final VectorMask<Float> ODD_1 = odd(FOUR_LANES, 1);
  private static final VectorMask<Float> ODD_2 = odd(FOUR_LANES, 2);

  private static final VectorShuffle<Float> WIDE_UP_1 = shift(SPECIES, -1);
  private static final VectorShuffle<Float> WIDE_UP_2 = shift(SPECIES, -2);
  private static final VectorShuffle<Float> WIDE_UP_4 = shift(SPECIES, -4);
  private static final VectorShuffle<Float> WIDE_UP_8 = shift(SPECIES, -8);
  private static final VectorShuffle<Float> WIDE_DOWN_1 = shift(SPECIES, 1);
  private static final VectorShuffle<Float> WIDE_DOWN_2 = shift(SPECIES, 2);
  private static final VectorShuffle<Float> WIDE_DOWN_4 = shift(SPECIES, 4);
  private static final VectorShuffle<Float> WIDE_DOWN_8 = shift(SPECIES, 8);
  private static final VectorMask<Float> WIDE_ODD_1 = odd(SPECIES, 1);
  private static final VectorMask<Float> WIDE_ODD_2 = odd(SPECIES, 2);
  private static final VectorMask<Float> WIDE_ODD_4 = odd(SPECIES, 4);
  private static final VectorMask<Float> WIDE_ODD_8 = odd(SPECIES, 8);

  private static VectorShuffle<Float> shift(VectorSpecies<Float> species, int lanes) {
    return VectorShuffle.fromOp(species, lane -> Math.floorMod(lane + lanes, species.length()));
  }

  private static VectorMask<Float> odd(VectorSpecies<Float> species, int group) {
    long lanes = 0;
    for (int lane = 0; lane < species.length(); lane++) {
      lanes |= (lane & group) == 0 ? 0 : 1L << lane;
    }
    return VectorMask.fromLong(species, lanes);
  }

  @Override
  public void run(
      float[] from,
      int fromOffset,
      int ld,
      int rows,
      float[] to,
      int toOffset,
      int stride,
      int count) {
    if (LENGTH < BLOCK || rows < BLOCK) {
      FloatScalarTranspose.block(from, fromOffset, ld, rows, to, toOffset, stride, count);
      return;
    }
    int last = rows - BLOCK;
    for (int row = 0; row < last; row += BLOCK) {
      rows(from, fromOffset + row * ld, ld, to, toOffset + row, stride, count);
    }
    // The last four rows overlap those before if their number is not a multiple of four.
    rows(from, fromOffset + last * ld, ld, to, toOffset + last, stride, count);
  }

  @Override
  public void consume(
      float[] from,
      int fromOffset,
      int ld,
      int rows,
      float[] to,
      int toOffset,
      int stride,
      int count) {
    int wholeRows = LENGTH < 2 * BLOCK ? 0 : rows - rows % LENGTH;
    int whole = LENGTH < 2 * BLOCK ? 0 : count - count % LENGTH;
    if (wholeRows < rows) {
      run(
          from,
          fromOffset + wholeRows * ld,
          ld,
          rows - wholeRows,
          to,
          toOffset + wholeRows,
          stride,
          count);
    }
    if (whole < count && wholeRows > 0) {
      run(
          from,
          fromOffset + whole,
          ld,
          wholeRows,
          to,
          toOffset + whole * stride,
          stride,
          count - whole);
    }
    for (int row = 0; row < wholeRows; row += LENGTH) {
      int at = fromOffset + row * ld;
      for (int i = 0; i < LENGTH; i += BLOCK) {
        exchangeLanes(from, at + i * ld, ld, whole);
      }
      for (int p = 0; p < whole; p += LENGTH) {
        if (LENGTH == 2 * BLOCK) {
          exchangeHalves(from, at + p, ld, to, toOffset + p * stride + row, stride);
        } else {
          exchangeQuarters(from, at + p, ld, to, toOffset + p * stride + row, stride);
        }
      }
    }
  }

  /** Rounds 1 and 2 on the whole vectors of four rows. */
  private static void exchangeLanes(float[] rows, int offset, int ld, int count) {
    for (int p = 0; p < count; p += LENGTH) {
      int at = offset + p;
      FloatVector row0 = FloatVector.fromArray(SPECIES, rows, at);
      FloatVector row1 = FloatVector.fromArray(SPECIES, rows, at + ld);
      FloatVector row2 = FloatVector.fromArray(SPECIES, rows, at + 2 * ld);
      FloatVector row3 = FloatVector.fromArray(SPECIES, rows, at + 3 * ld);
      FloatVector pair0 = row0.blend(row1.rearrange(WIDE_UP_1), WIDE_ODD_1);
      FloatVector pair1 = row0.rearrange(WIDE_DOWN_1).blend(row1, WIDE_ODD_1);
      FloatVector pair2 = row2.blend(row3.rearrange(WIDE_UP_1), WIDE_ODD_1);
      FloatVector pair3 = row2.rearrange(WIDE_DOWN_1).blend(row3, WIDE_ODD_1);
      pair0.blend(pair2.rearrange(WIDE_UP_2), WIDE_ODD_2).intoArray(rows, at);
      pair1.blend(pair3.rearrange(WIDE_UP_2), WIDE_ODD_2).intoArray(rows, at + ld);
      pair0.rearrange(WIDE_DOWN_2).blend(pair2, WIDE_ODD_2).intoArray(rows, at + 2 * ld);
      pair1.rearrange(WIDE_DOWN_2).blend(pair3, WIDE_ODD_2).intoArray(rows, at + 3 * ld);
    }
  }

  /** Round 4 for vectors of 8 lanes: 8 rows to 8 columns. */
  private static void exchangeHalves(
      float[] from, int fromOffset, int ld, float[] to, int toOffset, int stride) {
    for (int i = 0; i < BLOCK; i++) {
      int at = fromOffset + i * ld;
      int target = toOffset + i * stride;
      FloatVector row0 = FloatVector.fromArray(SPECIES, from, at);
      FloatVector row4 = FloatVector.fromArray(SPECIES, from, at + 4 * ld);
      row0.blend(row4.rearrange(WIDE_UP_4), WIDE_ODD_4).intoArray(to, target);
      row0.rearrange(WIDE_DOWN_4).blend(row4, WIDE_ODD_4).intoArray(to, target + 4 * stride);
    }
  }

  /** Rounds 4 and 8 for vectors of 16 lanes: 16 rows to 16 columns. */
  private static void exchangeQuarters(
      float[] from, int fromOffset, int ld, float[] to, int toOffset, int stride) {
    for (int i = 0; i < BLOCK; i++) {
      int at = fromOffset + i * ld;
      int target = toOffset + i * stride;
      FloatVector row0 = FloatVector.fromArray(SPECIES, from, at);
      FloatVector row4 = FloatVector.fromArray(SPECIES, from, at + 4 * ld);
      FloatVector row8 = FloatVector.fromArray(SPECIES, from, at + 8 * ld);
      FloatVector row12 = FloatVector.fromArray(SPECIES, from, at + 12 * ld);
      FloatVector half0 = row0.blend(row4.rearrange(WIDE_UP_4), WIDE_ODD_4);
      FloatVector half4 = row0.rearrange(WIDE_DOWN_4).blend(row4, WIDE_ODD_4);
      FloatVector half8 = row8.blend(row12.rearrange(WIDE_UP_4), WIDE_ODD_4);
      FloatVector half12 = row8.rearrange(WIDE_DOWN_4).blend(row12, WIDE_ODD_4);
      half0.blend(half8.rearrange(WIDE_UP_8), WIDE_ODD_8).intoArray(to, target);
      half4.blend(half12.rearrange(WIDE_UP_8), WIDE_ODD_8).intoArray(to, target + 4 * stride);
      half0.rearrange(WIDE_DOWN_8).blend(half8, WIDE_ODD_8).intoArray(to, target + 8 * stride);
      half4.rearrange(WIDE_DOWN_8).blend(half12, WIDE_ODD_8).intoArray(to, target + 12 * stride);
    }
  }

  private static void rows(
      float[] from, int fromOffset, int ld, float[] to, int toOffset, int stride, int count) {
    if (count < BLOCK) {
      FloatScalarTranspose.block(from, fromOffset, ld, BLOCK, to, toOffset, stride, count);
      return;
    }
    int done = block(from, fromOffset, ld, to, toOffset, stride, count);
    if (done < count) {
      // The last block overlaps the one before.
      int last = count - BLOCK;
      block(from, fromOffset + last, ld, to, toOffset + last * stride, stride, BLOCK);
    }
  }

  /** As many whole blocks of 4 rows as there are in {@code count}; returns how many columns. */
  private static int block(
      float[] from, int fromOffset, int ld, float[] to, int toOffset, int stride, int count) {
    int p = 0;
    for (; p + BLOCK <= count; p += BLOCK) {
      FloatVector row0 = FloatVector.fromArray(FOUR_LANES, from, fromOffset + p);
      FloatVector row1 = FloatVector.fromArray(FOUR_LANES, from, fromOffset + ld + p);
      FloatVector row2 = FloatVector.fromArray(FOUR_LANES, from, fromOffset + 2 * ld + p);
      FloatVector row3 = FloatVector.fromArray(FOUR_LANES, from, fromOffset + 3 * ld + p);
      FloatVector pair0 = row0.blend(row1.rearrange(UP_1), ODD_1);
      FloatVector pair1 = row0.rearrange(DOWN_1).blend(row1, ODD_1);
      FloatVector pair2 = row2.blend(row3.rearrange(UP_1), ODD_1);
      FloatVector pair3 = row2.rearrange(DOWN_1).blend(row3, ODD_1);
      FloatVector column0 = pair0.blend(pair2.rearrange(UP_2), ODD_2);
      FloatVector column2 = pair0.rearrange(DOWN_2).blend(pair2, ODD_2);
      FloatVector column1 = pair1.blend(pair3.rearrange(UP_2), ODD_2);
      FloatVector column3 = pair1.rearrange(DOWN_2).blend(pair3, ODD_2);
      int at = toOffset + p * stride;
      column0.intoArray(to, at);
      column1.intoArray(to, at + stride);
      column2.intoArray(to, at + 2 * stride);
      column3.intoArray(to, at + 3 * stride);
    }
    return p;
  }
}
