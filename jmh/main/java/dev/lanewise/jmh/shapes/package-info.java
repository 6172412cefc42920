// SPDX-License-Identifier: Apache-2.0
/**
 * The layers that are measured, from real networks; the tables lie beside these classes as
 * resources.
 */
package dev.lanewise.jmh.shapes;
