// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;

/**
 * A correlation of stride 1 from source planes to target planes: what both directions of a
 * convolution of stride 1 are.
 *
 * @param batch N
 * @param groups independent correlations
 * @param sources channels of the source in one group
 * @param targets channels of the target in one group
 * @param vertical which source row each tap of each target row reads
 * @param horizontal the same for columns
 * @param paddingValue what a tap outside the source reads
 * @param backward whether the weight is that of the convolution this one undoes: taps in reverse,
 *     channels exchanged
 */
record UnitStrideShape(
    int batch,
    int groups,
    int sources,
    int targets,
    AxisMap vertical,
    AxisMap horizontal,
    double paddingValue,
    boolean backward) {

  /** From images to filtered images. */
  static UnitStrideShape forward(ConvShape shape) {
    ColumnShape columns = shape.columns();
    return new UnitStrideShape(
        shape.batch(),
        shape.groups(),
        columns.channels(),
        shape.filters(),
        columns.vertical(),
        columns.horizontal(),
        columns.paddingValue(),
        false);
  }

  /** From filtered images to images: outside the filtered images there is nothing to add. */
  static UnitStrideShape backward(ConvShape shape) {
    ColumnShape columns = shape.columns();
    return new UnitStrideShape(
        shape.batch(),
        shape.groups(),
        shape.filters(),
        columns.channels(),
        backward(columns.vertical()),
        backward(columns.horizontal()),
        0,
        true);
  }

  UnitStrideShape withBatch(int images) {
    return new UnitStrideShape(
        images, groups, sources, targets, vertical, horizontal, paddingValue, backward);
  }

  private static AxisMap backward(AxisMap axis) {
    return new AxisMap(
        axis.output(),
        axis.kernel(),
        1,
        axis.dilation(),
        axis.dilation() * (axis.kernel() - 1) - axis.before(),
        axis.input(),
        AxisMap.NOTHING);
  }

  /** Whether a convolution is one of these, forwards. */
  static boolean isForward(ConvShape shape) {
    return shape.columns().vertical().stride() == 1 && shape.columns().horizontal().stride() == 1;
  }

  /**
   * Whether a convolution is one of these, backwards: elements that padding repeats would get the
   * gradients of their copies as well.
   */
  static boolean isBackward(ConvShape shape) {
    return isForward(shape)
        && padsWithNothing(shape.columns().vertical())
        && padsWithNothing(shape.columns().horizontal());
  }

  /** Whether every element around the source is 0. */
  boolean isZeroPadded() {
    return paddingValue == 0 && padsWithNothing(vertical) && padsWithNothing(horizontal);
  }

  private static boolean padsWithNothing(AxisMap axis) {
    for (int at = 0; at < axis.padded(); at++) {
      int index = at - axis.before();
      if ((index < 0 || index >= axis.input()) && axis.element(at) != AxisMap.OUTSIDE) {
        return false;
      }
    }
    return true;
  }

  /** Elements of one channel of the source. */
  long sourcePlane() {
    return (long) vertical.input() * horizontal.input();
  }

  /** Elements of one channel of the target. */
  long targetPlane() {
    return (long) vertical.output() * horizontal.output();
  }

  int taps() {
    return vertical.kernel() * horizontal.kernel();
  }

  /** Where the taps from one source to one target channel start in the weight. */
  long weightAt(int group, int source, int target) {
    long filter =
        backward
            ? ((long) group * sources + source) * targets + target
            : ((long) group * targets + target) * sources + source;
    return filter * taps();
  }
}
