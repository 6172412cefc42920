// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

/**
 * A convolution as its algorithms see it: from images to filtered images.
 *
 * <p>A transposed convolution is the same shape run the other way: its output is the images, its
 * input the filtered images, and its IOHW weight is this one's OIHW weight.
 *
 * @param batch N
 * @param groups independent convolutions
 * @param filters filters of one group, OC/groups
 * @param columns the windows over the channels of one group
 */
public record ConvShape(int batch, int groups, int filters, ColumnShape columns) {
  /** Elements of one image, all channels. */
  public long image() {
    return groups * imageGroup();
  }

  /** Elements of the channels of one group of one image. */
  public long imageGroup() {
    return (long) columns.channels() * columns.plane();
  }

  /** Elements of one filtered image, all filters. */
  public long filtered() {
    return groups * filteredGroup();
  }

  /** Elements that the filters of one group make of one image. */
  public long filteredGroup() {
    return (long) filters * columns.windows();
  }

  /** Elements of the weight of one group. */
  public long weightGroup() {
    return (long) filters * columns.rows();
  }

  /** Elements of the whole weight. */
  public long weight() {
    return groups * weightGroup();
  }

  /** Multiply-adds of one pass; taps on padding count. */
  public double multiplyAdds() {
    return (double) batch * filtered() * columns.rows();
  }
}
